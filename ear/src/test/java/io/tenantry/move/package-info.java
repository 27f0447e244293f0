/** One tenant alone goes to another database, by what operators run. */
@org.jspecify.annotations.NullMarked
package io.tenantry.move;
