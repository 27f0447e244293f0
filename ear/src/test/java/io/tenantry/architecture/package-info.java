/** The rules of the house, over the very classes that ship. */
@org.jspecify.annotations.NullMarked
package io.tenantry.architecture;
