from parameter_value_steps import *

texts = dict(log_line_prefix="\\ %m \\n '%u' \\\\", search_path='"a\\", public, "größe 表 🐘"', ssl_ciphers='HIGH:!aNULL')
expect('not refused', give(**texts))
expect('True', settled(**texts) == texts)
expect('not refused', give('pending-reboot', max_connections='40'))
reboot()
expect("True {'max_connections': '40'}", shown(*texts) == texts, shown('max_connections'))
expect(
    'True',
    {
        p['ParameterName']: p['ParameterValue']
        for p in rds.describe_db_cluster_parameters(DBClusterParameterGroupName='texts', Source='user')['Parameters']
    }
    == {**texts, 'max_connections': '40'},
)
delete('texts', 'texts-1')
rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName='texts')
