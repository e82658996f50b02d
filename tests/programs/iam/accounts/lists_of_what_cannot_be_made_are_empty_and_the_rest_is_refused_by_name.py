from calls import *

iam.create_user(UserName='plain')
for name, member in [
    ('list_mfa_devices', 'MFADevices'),
    ('list_ssh_public_keys', 'SSHPublicKeys'),
    ('list_signing_certificates', 'Certificates'),
    ('list_service_specific_credentials', 'ServiceSpecificCredentials'),
]:
    equal(getattr(iam, name)(UserName='plain')[member], [])
    fails('NoSuchEntity', 'The user with name nobody cannot be found.', getattr(iam, name), UserName='nobody')
for name, member in [
    ('list_virtual_mfa_devices', 'VirtualMFADevices'),
    ('list_server_certificates', 'ServerCertificateMetadataList'),
    ('list_open_id_connect_providers', 'OpenIDConnectProviderList'),
    ('list_saml_providers', 'SAMLProviderList'),
]:
    equal(getattr(iam, name)()[member], [])
model = iam.meta.service_model
for name in model.operation_names:
    if name.startswith(('Get', 'List')):
        continue
    method = next(m for m, o in iam.meta.method_to_api_mapping.items() if o == name)
    code = (
        outcome(getattr(iam, method))['Error']['Code']
        if model.operation_model(name).input_shape and model.operation_model(name).input_shape.required_members
        else None
    )
    assert code != 'InvalidAction', name
