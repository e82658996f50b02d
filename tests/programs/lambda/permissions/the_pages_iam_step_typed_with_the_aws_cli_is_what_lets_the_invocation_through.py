from permission_steps import *

function('simple')
