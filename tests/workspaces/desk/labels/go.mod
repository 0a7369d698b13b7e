module example.org/desk/labels

go 1.22
