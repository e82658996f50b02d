variable "endpoint" {}

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    kms = var.endpoint
    sts = var.endpoint
  }
}

resource "aws_kms_key" "app" {
  description             = "d"
  deletion_window_in_days = 7
  enable_key_rotation     = true
  tags                    = { team = "a" }
}

resource "aws_kms_alias" "app" {
  name          = "alias/terraform"
  target_key_id = aws_kms_key.app.key_id
}

data "aws_kms_alias" "own" {
  name = "alias/aws/rds"
}
