"""What the articles say together: a module a part of the chapter, a function a figure."""
