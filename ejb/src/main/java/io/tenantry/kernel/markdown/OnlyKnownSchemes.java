package io.tenantry.kernel.markdown;

import java.util.regex.Pattern;
import org.commonmark.renderer.html.UrlSanitizer;

/** Lets through addresses that a link may have: http, https, mailto, tel, and those of this site; others become nothing. */
final class OnlyKnownSchemes implements UrlSanitizer {
    private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:|tel:|/(?!/)|#)\\S*");

    @Override
    public String sanitizeLinkUrl(String url) {
        return LINK.matcher(url.strip()).matches() ? url.strip() : "";
    }

    @Override
    public String sanitizeImageUrl(String url) {
        return "";
    }
}
