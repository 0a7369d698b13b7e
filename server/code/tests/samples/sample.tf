# Feature: 027-login
terraform {
  required_version = ">= 1.0"
  backend "s3" {}
}

provider "aws" { region = var.region }

# FR-001
variable "region" {
  type = string
  validation { condition = true }
}

locals {
  limit = 30 // FR-002
  tags  = { a = 1 }
}

/* US1 */
resource "aws_s3_bucket" "logs" {
  bucket = "FR-003: keeps"
  lifecycle { prevent_destroy = true }
}

data "aws_ami" "base" {}
module "vpc" {
  source = "./vpc"
}
output "id" { value = 1 }

run "FR-004: plans" {
  command = plan
  assert { condition = true }
}
