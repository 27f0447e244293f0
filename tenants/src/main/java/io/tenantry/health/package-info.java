/** How this node is: whether it serves people, and what they wait for. Owns no tables; whoever starts, stops or asks may call it. */
@NullMarked
package io.tenantry.health;

import org.jspecify.annotations.NullMarked;
