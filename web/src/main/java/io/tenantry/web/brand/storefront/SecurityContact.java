package io.tenantry.web.brand.storefront;

import io.tenantry.brand.Brands;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.tenancy.HostResolution;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The contact for vulnerabilities of this host (RFC 9116): the brand's support, or on the platform's host its owner. */
@WebServlet("/.well-known/security.txt")
public class SecurityContact extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** RFC 9116 recommends less than a year. */
    private static final Duration VALID = Duration.ofDays(180);

    @Inject
    transient Settings settings;

    @Inject
    transient Brands brands;

    @Inject
    transient Clock clock;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var origin = settings.origin(HostResolution.host(request.getServerName()));
        var contacts = contacts(origin);
        if (contacts.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "max-age=3600");
        response.getWriter().write(text(contacts, clock.instant(), origin));
    }

    private List<String> contacts(String origin) {
        if (Tenancy.current().filter(Scope.PLATFORM::equals).isPresent()) {
            return settings.platformOwnerEmail().isEmpty() ? List.of() : List.of(mailTo(settings.platformOwnerEmail()));
        }
        var contact = brands.current().contact();
        var contacts = new ArrayList<String>();
        if (!contact.email().isEmpty()) {
            contacts.add(mailTo(contact.email()));
        }
        if (contact.url().startsWith("https://")) {
            contacts.add(contact.url());
        }
        contacts.add(origin + "/contact");
        return contacts;
    }

    static String text(List<String> contacts, Instant now, String origin) {
        var text = new StringBuilder();
        contacts.forEach(contact -> text.append("Contact: ").append(contact).append('\n'));
        return text.append("Expires: ")
                .append(now.plus(VALID).truncatedTo(ChronoUnit.DAYS))
                .append("\nPreferred-Languages: en, de\nCanonical: ")
                .append(origin)
                .append("/.well-known/security.txt\n")
                .toString();
    }

    /** Returns the address as a URI (RFC 6068), with any characters before its {@code @} escaped. */
    static String mailTo(String address) {
        var at = address.lastIndexOf('@');
        return "mailto:"
                + URLEncoder.encode(address.substring(0, at), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                + address.substring(at);
    }
}
