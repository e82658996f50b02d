namespace Daybreak.Cloud.Tests.Lambda.Permissions;

/// <summary>Who may invoke a function, and in what role it acts, as boto3 and the aws CLI see it.</summary>
[Trait("Pace", "slow")]
public sealed class PermissionTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Steps = """
        import base64, io, zipfile
        A = '444455556666'
        lam = client('lambda')
        def package():
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, 'w') as files: files.writestr('f.py', 'def handler(e, c): return e')
            return archive.getvalue()
        def function(name, caller=lam, role='r'):
            return caller.create_function(FunctionName=name, Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/{role}', Code={'ZipFile': package()})['FunctionArn']
        def user(name, *statements):
            iam.create_user(UserName=name)
            if statements: iam.put_user_policy(UserName=name, PolicyName='p', PolicyDocument=document(*statements))
            return iam.create_access_key(UserName=name)['AccessKey']

        """;

    [Fact]
    public Task Invoking_needs_the_exact_form_of_the_ARN() =>
        Boto.RunAsync(
            cloud.Host.Endpoint,
            Steps
                + """
                arn = function('exact')
                key = user('invoker'); caller = client('lambda', credentials=key)
                def denied(resource): return f'User: arn:aws:iam::{A}:user/invoker is not authorized to perform: lambda:InvokeFunction on resource: {resource} because no identity-based policy allows the lambda:InvokeFunction action'
                assert fails('AccessDeniedException', denied(arn), caller.invoke, FunctionName='exact', InvocationType='DryRun') == 403
                iam.put_user_policy(UserName='invoker', PolicyName='p', PolicyDocument=document(allow('lambda:InvokeFunction', arn)))
                assert caller.invoke(FunctionName='exact', InvocationType='DryRun')['StatusCode'] == 204
                fails('AccessDeniedException', denied(arn + ':$LATEST'), caller.invoke, FunctionName='exact', Qualifier='$LATEST', InvocationType='DryRun')
                fails('AccessDeniedException', denied(arn.replace('exact', 'other')), caller.invoke, FunctionName='other', InvocationType='DryRun')
                """
        );

    [Fact]
    public Task A_functions_policy_lets_others_in_and_keeps_them_out() =>
        Boto.RunAsync(
            cloud.Host.Endpoint,
            Steps
                + """
                arn = function('shared')
                guest = client('lambda', credentials=user('guest'))
                fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_policy, FunctionName='shared')
                added = lam.add_permission(FunctionName='shared', StatementId='guest-1', Action='lambda:InvokeFunction', Principal=f'arn:aws:iam::{A}:user/guest')
                assert added['Statement'] == '{"Sid":"guest-1","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:user/guest"},"Action":"lambda:InvokeFunction","Resource":"' + arn + '"}', added
                assert guest.invoke(FunctionName='shared', InvocationType='DryRun')['StatusCode'] == 204
                assert fails('ResourceConflictException', 'The statement id (guest-1) provided already exists. Please provide a new statement id, or remove the existing statement.',
                    lam.add_permission, FunctionName='shared', StatementId='guest-1', Action='lambda:*', Principal='*') == 409
                events = json.loads(lam.add_permission(FunctionName='shared', StatementId='events', Action='lambda:InvokeFunction', Principal='events.amazonaws.com',
                    SourceArn=f'arn:aws:events:us-east-1:{A}:rule/x', SourceAccount=A)['Statement'])
                assert events['Principal'] == {'Service': 'events.amazonaws.com'}
                assert events['Condition'] == {'StringEquals': {'AWS:SourceAccount': A}, 'ArnLike': {'AWS:SourceArn': f'arn:aws:events:us-east-1:{A}:rule/x'}}, events
                policy = lam.get_policy(FunctionName='shared')
                document_ = json.loads(policy['Policy'])
                assert document_['Version'] == '2012-10-17' and document_['Id'] == 'default' and [s['Sid'] for s in document_['Statement']] == ['guest-1', 'events']
                fails('InvalidParameterValueException', 'The provided principal was invalid. Please check the principal and try again.', lam.add_permission, FunctionName='shared', StatementId='bad', Action='lambda:*', Principal='nobody')
                fails('InvalidParameterValueException', 'We currently do not support adding policies for $LATEST.', lam.add_permission, FunctionName='shared', StatementId='l', Action='lambda:*', Principal='*', Qualifier='$LATEST')
                fails('ResourceNotFoundException', arn.replace('shared', 'none') and 'Function not found: ' + arn.replace('shared', 'none'), lam.add_permission, FunctionName='none', StatementId='l', Action='lambda:*', Principal='*')
                assert fails('PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
                    lam.remove_permission, FunctionName='shared', StatementId='events', RevisionId='x') == 412
                lam.remove_permission(FunctionName='shared', StatementId='events', RevisionId=policy['RevisionId'])
                fails('ResourceNotFoundException', 'Statement events is not found in resource policy.', lam.remove_permission, FunctionName='shared', StatementId='events')

                other = client('lambda', '111122223333')
                fails('AccessDeniedException', f'User: arn:aws:iam::111122223333:user/local-administrator is not authorized to perform: lambda:InvokeFunction on resource: {arn} because no resource-based policy allows the lambda:InvokeFunction action',
                    other.invoke, FunctionName=arn, InvocationType='DryRun')
                lam.add_permission(FunctionName='shared', StatementId='neighbour', Action='lambda:InvokeFunction', Principal='111122223333')
                assert other.invoke(FunctionName=arn, InvocationType='DryRun')['StatusCode'] == 204
                lam.delete_function(FunctionName='shared'); function('shared')
                fails('ResourceNotFoundException', 'The resource you requested does not exist.', lam.get_policy, FunctionName='shared')
                fails('ResourceNotFoundException', 'No policy is associated with the given resource.', lam.remove_permission, FunctionName='shared', StatementId='guest-1')
                fails('ResourceNotFoundException', 'No policy found for: ' + arn.replace('shared', 'none'), lam.remove_permission, FunctionName='none', StatementId='x')
                """
        );

    [Fact]
    public Task Role_of_a_function_has_to_be_passed_and_to_trust_Lambda() =>
        Boto.RunAsync(
            cloud.Host.Endpoint,
            Steps
                + """
                fails('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', function, 'norole', role='missing')
                iam.create_role(RoleName='forec2', AssumeRolePolicyDocument=trust({'Service': 'ec2.amazonaws.com'}))
                fails('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', function, 'norole', role='forec2')
                fails('ResourceNotFoundException', f'Function not found: arn:aws:lambda:us-east-1:{A}:function:norole', lam.get_function, FunctionName='norole')
                dev = client('lambda', credentials=user('dev', allow('lambda:*')))
                assert fails('AccessDeniedException', f'User: arn:aws:iam::{A}:user/dev is not authorized to perform: iam:PassRole on resource: arn:aws:iam::{A}:role/r because no identity-based policy allows the iam:PassRole action',
                    function, 'passed', dev) == 403
                iam.put_user_policy(UserName='dev', PolicyName='pass', PolicyDocument=document(allow('iam:PassRole', Condition={'StringEquals': {'iam:PassedToService': 'ec2.amazonaws.com'}})))
                try: function('passed', dev); raise AssertionError('passed to the wrong service')
                except ClientError as e: assert e.response['Error']['Code'] == 'AccessDeniedException'
                iam.put_user_policy(UserName='dev', PolicyName='pass', PolicyDocument=document(allow('iam:PassRole', Condition={'StringEquals': {'iam:PassedToService': 'lambda.amazonaws.com'}})))
                function('passed', dev)
                fails('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.', lam.update_function_configuration, FunctionName='passed', Role=f'arn:aws:iam::{A}:role/forec2')
                fails('AccessDeniedException', 'Cross-account pass role is not allowed.', lam.update_function_configuration, FunctionName='passed', Role='arn:aws:iam::111122223333:role/r')
                """
        );

    [Fact]
    public async Task The_pages_IAM_step_typed_with_the_aws_CLI_is_what_lets_the_invocation_through()
    {
        var endpoint = cloud.Host.Endpoint;
        async Task<string> Aws(params string[] words) => (await AwsClient.AwsAsync(endpoint, words)).Ok();
        await Boto.RunAsync(endpoint, Steps + "function('simple')");
        const string Arn = "arn:aws:lambda:us-east-1:444455556666:function:simple";
        await Aws(
            "iam",
            "create-policy",
            "--policy-name",
            "rds-lambda-policy",
            "--policy-document",
            $$"""{"Version": "2012-10-17", "Statement": [{"Sid": "AllowAccessToExampleFunction", "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "{{Arn}}"}]}"""
        );
        await Aws(
            "iam",
            "create-role",
            "--role-name",
            "rds-lambda-role",
            "--assume-role-policy-document",
            """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"""
        );
        async Task<string> Decision(string resource) =>
            (
                await Aws(
                    "iam",
                    "simulate-principal-policy",
                    "--policy-source-arn",
                    "arn:aws:iam::444455556666:role/rds-lambda-role",
                    "--action-names",
                    "lambda:InvokeFunction",
                    "--resource-arns",
                    resource,
                    "--query",
                    "EvaluationResults[0].EvalDecision",
                    "--output",
                    "text"
                )
            ).Trim();

        Assert.Equal("implicitDeny", await Decision(Arn));
        await Aws(
            "iam",
            "attach-role-policy",
            "--policy-arn",
            "arn:aws:iam::444455556666:policy/rds-lambda-policy",
            "--role-name",
            "rds-lambda-role"
        );
        Assert.Equal("allowed", await Decision(Arn));
        Assert.Equal("implicitDeny", await Decision(Arn + "2"));
        await Aws(
            "iam",
            "detach-role-policy",
            "--policy-arn",
            "arn:aws:iam::444455556666:policy/rds-lambda-policy",
            "--role-name",
            "rds-lambda-role"
        );
        Assert.Equal("implicitDeny", await Decision(Arn));
    }
}
