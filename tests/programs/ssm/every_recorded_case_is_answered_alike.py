from calls import *

ssm, secrets = client('ssm'), client('secretsmanager')
r, e = {}, {}
get, put = ssm.get_parameter, ssm.put_parameter
r['put_parameter'] = outcome(put, Name='/test/param-1', Value='123', Type='String', Description='d')
r['get_parameter'] = outcome(get, Name='/test/param-1')
arn = r['get_parameter']['Parameter']['ARN']
r['get_parameter_by_arn'] = outcome(get, Name=arn)
r['get_parameters'] = outcome(ssm.get_parameters, Names=['/test/param-1'])
r['get_parameters_by_arn'] = outcome(ssm.get_parameters, Names=[arn])
put(Name='param-2', Value='test', Type='String')
r['get_parameter_without_slash'] = outcome(get, Name='param-2')
put(Name='param-3', Value='123', Type='String')
r['get_parameter_slash_added'] = outcome(get, Name='/param-3')
secrets.create_secret(Name='kept', SecretString='my_secret')
reference = '/aws/reference/secretsmanager/'
r['get_parameter_secret'] = outcome(get, Name=reference + 'kept', WithDecryption=True)
put(Name='/labelled/path', Value='value', Type='String')
ssm.label_parameter_version(Name='/labelled/path', ParameterVersion=1, Labels=['latest'])
label = dict(Key='Label', Values=['latest'])
r['get_parameters_by_path_label'] = outcome(ssm.get_parameters_by_path, Path='/labelled', ParameterFilters=[label])
names = ['/test/param-1', reference + 'kept', 'inexistent', reference + 'inexistent']
r['get_parameters_mixed'] = outcome(ssm.get_parameters, Names=names, WithDecryption=True)
equal(r['get_parameters_mixed']['InvalidParameters'], names[2:])
e['not_found'] = outcome(get, Name='inexistent')
e['name_not_valid'] = outcome(get, Name='name/b/c')
equal(outcome(get, Name='/name//b//c')['Error'], e['name_not_valid']['Error'])
e['secret_reference_not_found'] = outcome(get, Name=reference + 'inexistent', WithDecryption=True)
e['secret_by_its_own_name'] = outcome(get, Name='kept')
print(json.dumps({'responses': r, 'errors': e}))
