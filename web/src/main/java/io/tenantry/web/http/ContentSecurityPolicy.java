package io.tenantry.web.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * The content security policy of our pages. Scripts: our own files, and those with the response's nonce, which PrimeFaces appends to the end.
 * Styles: our own files; {@code style} attributes are allowed, because PrimeFaces renders them (widths, hidden parts), {@code style} elements
 * are not. {@code data:} images are the shapes of widgets in primefaces.css.
 */
@ApplicationScoped
@Named
public class ContentSecurityPolicy {
    /** The policy without a nonce; {@code script-src} comes last. */
    static final String TEXT = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none';"
            + " form-action 'self'; img-src 'self' data:; connect-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline';"
            + " script-src 'self'";

    /** Returns the policy for the page. */
    public String getText() {
        return TEXT;
    }
}
