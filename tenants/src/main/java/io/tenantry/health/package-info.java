/**
 * The state of this node: whether it serves requests, and what startup is waiting for. Owns no tables. Called by all that starts, stops or
 * checks the node.
 */
@NullMarked
package io.tenantry.health;

import org.jspecify.annotations.NullMarked;
