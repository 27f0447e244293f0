package io.tenantry.web.layout;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The language of the page: what the person chose, which is kept with the person; before signing in what was chosen in this
 * browser; else the tenant's, else the browser's, else English.
 */
@RequestScoped
@Named
public class Language {
    private static final List<String> OFFERED = List.of("en", "de");

    @Inject
    HttpServletRequest request;

    @Inject
    TenantDirectory directory;

    @Inject
    CurrentPerson me;

    private @Nullable Locale locale;

    /** Language and formats. */
    public Locale getLocale() {
        var known = locale;
        if (known == null) {
            known = chosen();
            locale = known;
        }
        return known;
    }

    /** The language alone, as pages and stylesheets call it. */
    public String getTag() {
        return getLocale().getLanguage();
    }

    /** The languages that there are texts in. */
    public List<String> getOffered() {
        return OFFERED;
    }

    /** A language's name for itself. */
    public String nameOf(String tag) {
        var tongue = Locale.forLanguageTag(tag);
        return tongue.getDisplayLanguage(tongue);
    }

    /** What was chosen in this browser before anybody signed in. */
    public static Optional<String> inThisBrowser(HttpServletRequest request) {
        return PreferencesServlet.cookie(request, "language").filter(Language::isOffered);
    }

    /** Whether there are texts in that language. */
    public static boolean isOffered(String tag) {
        return OFFERED.contains(tag);
    }

    private Locale chosen() {
        var tenants = tenant().map(Tenant::locale).filter(it -> isOffered(it.getLanguage()));
        var persons = me.isSignedIn()
                ? me.locale().map(Locale::getLanguage).filter(Language::isOffered)
                : inThisBrowser(request);
        return persons.map(tag ->
                        tenants.filter(it -> it.getLanguage().equals(tag)).orElse(Locale.forLanguageTag(tag)))
                .or(() -> tenants)
                .orElseGet(this::browsers);
    }

    private Locale browsers() {
        for (var wanted = request.getLocales(); wanted.hasMoreElements(); ) {
            var next = wanted.nextElement();
            if (isOffered(next.getLanguage())) {
                return next;
            }
        }
        return Locale.ENGLISH;
    }

    private Optional<Tenant> tenant() {
        return Tenancy.current().flatMap(Scope::tenant).flatMap(directory::byId);
    }
}
