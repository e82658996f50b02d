resource "aws_rds_cluster" "app" {
  cluster_identifier          = "terraform-managed"
  engine                      = "aurora-postgresql"
  master_username             = "app_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

data "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_rds_cluster.app.master_user_secret[0].secret_arn
}

output "user" {
  value     = jsondecode(data.aws_secretsmanager_secret_version.app.secret_string)["username"]
  sensitive = true
}
