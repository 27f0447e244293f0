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
 * The language of the page: the person's choice, which is stored with the person; before sign-in the choice made in this browser; else the
 * tenant's, else the browser's, else English.
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

    /** Returns the locale for texts and formats. */
    public Locale getLocale() {
        var known = locale;
        if (known == null) {
            known = chosen();
            locale = known;
        }
        return known;
    }

    /** Returns the language tag, as pages and stylesheets use it. */
    public String getTag() {
        return getLocale().getLanguage();
    }

    /** Returns the languages for which there are texts. */
    public List<String> getOffered() {
        return OFFERED;
    }

    /** Returns a language's name in that language. */
    public String nameOf(String tag) {
        var locale = Locale.forLanguageTag(tag);
        return locale.getDisplayLanguage(locale);
    }

    /** Returns the language chosen in this browser before sign-in. */
    public static Optional<String> inThisBrowser(HttpServletRequest request) {
        return PreferencesServlet.cookie(request, "language").filter(Language::isOffered);
    }

    /** Returns whether there are texts in a language. */
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
