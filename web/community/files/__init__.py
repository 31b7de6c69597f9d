"""文件的门面：上传和下载。

The front door of files: handing in and reading.
"""
