from cluster_calls import *

delete('odd', 'odd-1')
