variable "limit" {
  type    = number
  default = 30
}

# Keeps items.
resource "store" "items" {
  size = var.limit
  tags = {
    name = "shelf"
  }
}
