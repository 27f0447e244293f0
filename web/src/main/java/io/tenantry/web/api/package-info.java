/** REST for programs, under {@code /api/v1}. Owns no data; calls use cases. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.api;
