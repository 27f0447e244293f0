/** The part of the benchmark that runs inside the server, in a separate WAR beside the product's modules. Never ships. */
@org.jspecify.annotations.NullMarked
package io.tenantry.bench.driver;
