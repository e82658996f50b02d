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
