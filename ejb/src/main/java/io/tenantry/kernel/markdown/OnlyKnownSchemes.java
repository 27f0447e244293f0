package io.tenantry.kernel.markdown;

import java.util.regex.Pattern;
import org.commonmark.renderer.html.UrlSanitizer;

/** Admits link addresses with http, https, mailto, tel, and those of this site; removes others. */
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
