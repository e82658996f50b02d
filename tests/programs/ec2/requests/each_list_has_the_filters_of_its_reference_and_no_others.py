from ec2_calls import *

for documented in sys.argv[1:]:
    operation = documented.split()[0]
    told = {
        name: refused(operation, Filters=[{'Name': name, 'Values': ['x']}])
        for name in ('owner-id', 'tag:Owner', 'tag-key', 'tag-value', 'tag', 'no-such')
    }
    assert all(text in ('not refused', f"400 InvalidParameterValue: The filter '{name}' is invalid") for name, text in told.items()), told
    expect(documented, ' '.join([operation] + [name for name, text in told.items() if text == 'not refused']))
