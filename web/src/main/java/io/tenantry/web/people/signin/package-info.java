/** The pages before sign-in: signing in, and choosing a password by a one-time link. Owns no tables. Calls {@code people.identity}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.people.signin;
