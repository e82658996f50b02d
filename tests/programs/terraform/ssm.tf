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
