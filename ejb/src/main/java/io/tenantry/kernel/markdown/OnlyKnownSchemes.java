package io.tenantry.kernel.markdown;

import java.util.regex.Pattern;
import org.commonmark.renderer.html.UrlSanitizer;

/** Admits link addresses with http, https, mailto, tel, and those of this site; removes others. Browsers read a backslash as a slash. */
final class OnlyKnownSchemes implements UrlSanitizer {
    private static final Pattern LINK = Pattern.compile("(?i)(https?://|mailto:|tel:|/(?!/)|#)[^\\s\\\\]*");

    static boolean admits(String url) {
        return LINK.matcher(url.strip()).matches();
    }

    @Override
    public String sanitizeLinkUrl(String url) {
        return admits(url) ? url.strip() : "";
    }

    @Override
    public String sanitizeImageUrl(String url) {
        return "";
    }
}
