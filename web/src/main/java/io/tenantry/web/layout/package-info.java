/** The frame around every page: surfaces and their navigation, language, theme, formats. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.layout;
