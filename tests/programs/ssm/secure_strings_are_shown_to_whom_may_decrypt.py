from calls import *

ssm = client('ssm')
put = dict(Name='/secure/one', Value='correct-horse-battery-staple', Type='SecureString')
ssm.put_parameter(**put)
shown = ssm.get_parameter(Name='/secure/one')['Parameter']['Value']
assert shown.startswith('AQICAHh') and 'horse' not in shown, shown
read = dict(Name='/secure/one', WithDecryption=True)
equal(ssm.get_parameter(**read)['Parameter']['Value'], 'correct-horse-battery-staple')
equal(ssm.get_parameter_history(**read)['Parameters'][0]['Value'], 'correct-horse-battery-staple')
equal(ssm.get_parameters_by_path(Path='/secure', WithDecryption=True)['Parameters'][0]['Value'], 'correct-horse-battery-staple')
equal(ssm.describe_parameters(ParameterFilters=[dict(Key='KeyId', Values=['alias/aws/ssm'])])['Parameters'][0]['Name'], '/secure/one')
