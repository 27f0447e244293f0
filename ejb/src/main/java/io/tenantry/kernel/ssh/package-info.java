/** Common code of our SSH servers and clients: Apache MINA SSHD, and keys as text. Knows no tenant. Owns no tables. */
@NullMarked
package io.tenantry.kernel.ssh;

import org.jspecify.annotations.NullMarked;
