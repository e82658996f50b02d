namespace Daybreak.Cloud.Tests.Rds.ParameterGroups;

/// <summary>A value that a parameter group takes is the one that the real server has, also after it was started with it.</summary>
[Trait("Pace", "slow")]
public sealed class ParameterValueTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Stage = """
        rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='texts', DBParameterGroupFamily=FAMILY, Description='d')
        c = cluster('texts', DBClusterParameterGroupName='texts')
        instance('texts', 'texts-1')
        host = c['Endpoint']
        def give(method='immediate', **values):
            return refused('modify_db_cluster_parameter_group', DBClusterParameterGroupName='texts', Parameters=[
                {'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': method} for name, value in values.items()])
        def shown(*names):
            return {name: json.loads(psql(host, f"SELECT to_json(current_setting('{name}'))")) for name in names}
        def settled(**values):
            began = time.monotonic()
            while (now := shown(*values)) != values:
                assert time.monotonic() < began + 30, (now, values)
            return now
        def reboot():
            rds.reboot_db_instance(DBInstanceIdentifier='texts-1')
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='texts-1', WaiterConfig=FAST)

        """;

    [Fact]
    public async Task Backslashes_quotes_and_letters_of_all_languages_are_as_they_were_at_once_and_after_a_start()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            Stage
                + """
                texts = dict(log_line_prefix="\\ %m \\n '%u' \\\\", search_path='"a\\", public, "größe 表 🐘"', ssl_ciphers='HIGH:!aNULL')
                print(give(**texts))
                print(settled(**texts) == texts)
                print(give('pending-reboot', max_connections='40'))
                reboot()
                print(shown(*texts) == texts, shown('max_connections'))
                print({p['ParameterName']: p['ParameterValue'] for p in rds.describe_db_cluster_parameters(DBClusterParameterGroupName='texts', Source='user')['Parameters']} == {**texts, 'max_connections': '40'})
                delete('texts', 'texts-1')
                rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName='texts')
                """
        );

        Assert.Equal(["not refused", "True", "not refused", "True {'max_connections': '40'}", "True"], lines);
    }

    [Fact]
    public async Task Random_texts_are_taken_as_they_are_or_refused()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            Stage
                + """
                import random
                seed = random.randrange(10 ** 6)
                sys.stderr.write(f'seed {seed}\n')
                chance = random.Random(seed)
                alphabet = '\\\\\\\'\'\'""nrt0x1234%%=#$;, \u00e9\u20ac\U0001f418\n\t{}'
                taken = 0
                for _ in range(30):
                    texts = {name: ''.join(chance.choice(alphabet) for _ in range(chance.randrange(12))) for name in ('log_line_prefix', 'search_path')}
                    for name, text in texts.items():
                        answer = give(**{name: text})
                        if answer == 'not refused':
                            settled(**{name: text})
                            taken += 1
                        else:
                            assert answer.startswith('400 InvalidParameterValue: Invalid parameter value: '), answer
                print(taken > 10)
                reboot()
                print(psql(host, 'SELECT 1'))
                delete('texts', 'texts-1')
                rds.delete_db_cluster_parameter_group(DBClusterParameterGroupName='texts')
                """
        );

        Assert.Equal(["True", "1"], lines);
    }

    [Fact]
    public async Task Values_that_the_server_would_not_start_with_or_would_change_are_refused()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            rds.create_db_parameter_group(DBParameterGroupName='odd', DBParameterGroupFamily=FAMILY, Description='d')
            for name, value in (
                    ('DateStyle', 'foo'), ('DateStyle', 'iso'), ('search_path', '"a'), ('application_name', 'caf\u00e9'), ('application_name', 'a' * 64),
                    ('application_name', "c:\\it's"), ('work_mem', '010000'), ('work_mem', '8MB'), ('work_mem', ''), ('work_mem', '+128'),
                    ('seq_page_cost', '1e1'), ('seq_page_cost', 'NaN'), ('autovacuum', 'on'), ('log_statement', ''), ('max_stack_depth', '2000000000'),
                    ('search_path', ''), ('max_connections', '2'), ('transaction_isolation', 'serializable'), ('work_mem', '{DBInstanceClassMemory/9}')):
                print(refused('modify_db_parameter_group', DBParameterGroupName='odd', Parameters=[{'ParameterName': name, 'ParameterValue': value, 'ApplyMethod': 'pending-reboot'}]))
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: Invalid parameter value: foo for: datestyle allowed values are: ",
                "not refused",
                "400 InvalidParameterValue: Invalid parameter value: \"a for: search_path allowed values are: ",
                "400 InvalidParameterValue: Invalid parameter value: café for: application_name allowed values are: ",
                $"400 InvalidParameterValue: Invalid parameter value: {new string('a', 64)} for: application_name allowed values are: ",
                "not refused",
                "400 InvalidParameterValue: Invalid parameter value: 010000 for: work_mem allowed values are: 64-2147483647",
                "400 InvalidParameterValue: Invalid parameter value: 8MB for: work_mem allowed values are: 64-2147483647",
                "400 InvalidParameterValue: Invalid parameter value:  for: work_mem allowed values are: 64-2147483647",
                "not refused",
                "not refused",
                "400 InvalidParameterValue: Invalid parameter value: NaN for: seq_page_cost allowed values are: 0-1.79769e+308",
                "400 InvalidParameterValue: Invalid parameter value: on for: autovacuum allowed values are: 0,1",
                "400 InvalidParameterValue: Invalid parameter value:  for: log_statement allowed values are: none,ddl,mod,all",
                "400 InvalidParameterValue: Invalid parameter value: 2000000000 for: max_stack_depth allowed values are: 100-2147483647",
                "not refused",
                "400 InvalidParameterValue: Invalid parameter value: 2 for: max_connections allowed values are: 6-262143",
                "400 InvalidParameterValue: The parameter transaction_isolation cannot be modified.",
                "501 NotImplemented: Daybreak does not implement the formula {DBInstanceClassMemory/9} as the value of the "
                    + "parameter work_mem.",
            ],
            lines
        );
    }
}
