from calls import *

secrets = client('secretsmanager')
secrets.create_secret(Name='kept', SecretString='correct-horse-battery-staple', ClientRequestToken='k' * 32)
equal(secrets.get_secret_value(SecretId='kept')['SecretString'], 'correct-horse-battery-staple')
