package io.tenantry.web.people.signin;

import io.tenantry.people.identity.LinkOutcome;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.PasswordPolicy;
import io.tenantry.people.identity.PasswordReset;
import io.tenantry.people.identity.SignInOutcome;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.Area;
import io.tenantry.web.security.SignInAttempt;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The target of a one-time link: the person chooses a password and is signed in. The secret is in the fragment after {@code #}, so the browser
 * does not send it with the address; a script (or the person) puts it into a form. Opening the link changes nothing.
 */
@Named
@ViewScoped
public class LinkPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    PasswordLinks passwordLinks;

    @Inject
    PasswordReset choice;

    @Inject
    SignInAttempt attempt;

    @Inject
    Format format;

    private String secret = "";
    private String password = "";
    private String repeated = "";
    private String name = "";
    private String email = "";
    private boolean opened;
    private boolean usable;
    private boolean reset;

    /** Checks whether the link is still valid and loads its person. */
    public void open() {
        var link = passwordLinks.open(secret.strip());
        opened = true;
        usable = link.isPresent();
        link.ifPresent(known -> {
            name = known.name();
            email = known.email();
            reset = known.purpose() == PasswordLinks.Purpose.RESET;
        });
    }

    /** Sets the password and signs the person in. */
    public void choose() throws IOException {
        if (!password.equals(repeated)) {
            PageResult.refuse("choice:repeated", format.text("link.different"));
            choice.violation(secret.strip(), password).ifPresent(this::refuse);
            return;
        }
        var outcome = choice.choose(secret.strip(), password);
        if (outcome instanceof LinkOutcome.PasswordSet set) {
            enter(set);
        } else if (outcome instanceof LinkOutcome.Unacceptable unacceptable) {
            refuse(unacceptable.violation());
        } else if (outcome instanceof LinkOutcome.Busy) {
            PageResult.refuse(format.text("link.busy"));
        } else {
            usable = false;
        }
    }

    private void refuse(PasswordPolicy.Violation violation) {
        var why = violation.name().toLowerCase(Locale.ROOT).replace('_', '-');
        PageResult.refuse(
                "choice:password", format.text("link." + why, PasswordPolicy.LENGTH_MIN, PasswordPolicy.LENGTH_MAX));
    }

    public String getSecret() {
        return secret;
    }

    public void setSecret(@Nullable String secret) {
        this.secret = Objects.requireNonNullElse(secret, "");
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = Objects.requireNonNullElse(password, "");
    }

    public String getRepeated() {
        return repeated;
    }

    public void setRepeated(@Nullable String repeated) {
        this.repeated = Objects.requireNonNullElse(repeated, "");
    }

    public String getName() {
        return name;
    }

    public String getEmail() {
        return email;
    }

    /** Whether the link was identified. */
    public boolean isOpened() {
        return opened;
    }

    /** Whether the link is still valid; if not, the page shows how to get another. */
    public boolean isUsable() {
        return usable;
    }

    /** Whether the link resets the password of a known person, which also revokes the person's API keys. */
    public boolean isReset() {
        return reset;
    }

    private void enter(LinkOutcome.PasswordSet set) throws IOException {
        var outcome = attempt.with(set.email(), password);
        var external = FacesContext.getCurrentInstance().getExternalContext();
        external.redirect(
                outcome instanceof SignInOutcome.Authenticated authenticated
                        ? Area.homeOf(authenticated.person().kind()).home()
                        : "/sign-in");
    }
}
