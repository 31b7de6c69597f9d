"""搜索的页面、接口。 The page of the search and its call in the API; without scripts it does all it can."""
