"""What people do at their windows, one function a deed, named as a neighbour would tell it."""
