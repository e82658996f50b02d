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
    ssm = var.endpoint
    sts = var.endpoint
  }
}

resource "aws_ssm_parameter" "plain" {
  name        = "/terraform/plain"
  type        = "String"
  value       = "v"
  description = "d"
  tags        = { team = "a" }
}

resource "aws_ssm_parameter" "secure" {
  name  = "/terraform/secure"
  type  = "SecureString"
  value = "secret"
}

data "aws_ssm_parameters_by_path" "all" {
  path       = "/terraform"
  depends_on = [aws_ssm_parameter.plain, aws_ssm_parameter.secure]
}
