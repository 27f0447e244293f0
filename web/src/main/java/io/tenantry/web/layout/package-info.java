/**
 * The frame around every page: surfaces and their navigation, language, theme, formats. Owns no tables. Calls {@code cloud.addon,
 * people.identity, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.layout;
