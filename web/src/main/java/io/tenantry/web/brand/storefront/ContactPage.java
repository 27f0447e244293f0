package io.tenantry.web.brand.storefront;

import io.tenantry.brand.storefront.ContactMessages;
import io.tenantry.brand.storefront.ContactMessages.Draft;
import io.tenantry.brand.storefront.ContactMessages.Field;
import io.tenantry.brand.storefront.ContactMessages.Outcome;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.RateLimits;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The contact form: a plain form that posts to its own page, so that it needs neither a session nor a script. A field that is invisible to
 * people catches programs that fill in everything; their input is acknowledged and discarded.
 */
@RequestScoped
@Named
public class ContactPage {
    private static final String TRAP = "website";

    @Inject
    HttpServletRequest request;

    @Inject
    ContactMessages contactMessages;

    @Inject
    RateLimits limits;

    @Inject
    Language language;

    @Inject
    StorefrontView storefrontView;

    @Inject
    Format format;

    private List<Field> faults = List.of();
    private boolean refused;

    /** Processes the submitted form, if there is one. */
    public void open() {
        storefrontView.open();
        if (request.getMethod().equals("POST")) {
            take();
        }
    }

    private void take() {
        if (!value(TRAP).isEmpty()) {
            PageResult.go("/contact?sent=true");
            return;
        }
        if (limits.ofEnquiry(request.getRemoteAddr()).isPresent()) {
            refused = true;
            return;
        }
        var outcome = contactMessages.send(
                new Draft(value("name"), value("email"), value("subject"), value("message"), language.getTag()));
        if (outcome instanceof Outcome.Sent) {
            PageResult.go("/contact?sent=true");
        } else if (outcome instanceof Outcome.Invalid invalid) {
            faults = invalid.fields();
        } else {
            refused = true;
        }
    }

    /** Whether a message was sent just now. */
    public boolean isSent() {
        return "true".equals(request.getParameter("sent"));
    }

    /** Whether too many messages were sent recently. */
    public boolean isRefused() {
        return refused;
    }

    /** Returns the submitted value of a field; before submission, the one suggested by the link that led here. */
    public String value(String field) {
        return Objects.requireNonNullElseGet(request.getParameter(field), () -> suggested(field));
    }

    /** Returns the suggested text for visitors who come from a plan or ask to become a customer. */
    private String suggested(String field) {
        var plan = storefrontView.getAsked();
        var isAsking = plan != null || "true".equals(request.getParameter("account"));
        if (!isAsking || !(field.equals("subject") || field.equals("message"))) {
            return "";
        }
        return plan == null
                ? format.text("store.register." + field)
                : format.text("store.register." + field + ".plan", plan.name(), format.money(plan.monthly()));
    }

    /** Returns the error of a field; empty if there is none. */
    public String fault(String field) {
        return faults.contains(Field.valueOf(field.toUpperCase(Locale.ROOT)))
                ? format.text("store.contact.fault." + field)
                : "";
    }
}
