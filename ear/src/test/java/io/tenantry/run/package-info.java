/** The application as people run it: servers of their own, started, killed and started again. */
@org.jspecify.annotations.NullMarked
package io.tenantry.run;
