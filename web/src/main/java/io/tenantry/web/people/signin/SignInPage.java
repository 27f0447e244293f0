package io.tenantry.web.people.signin;

import io.tenantry.people.identity.SignInOutcome;
import io.tenantry.web.layout.Format;
import io.tenantry.web.security.Area;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.security.ReturnPath;
import io.tenantry.web.security.SignInAttempt;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sign-in page: email address and password. States the reason for a rejection only as far as it does not help an attacker. */
@Named
@ViewScoped
public class SignInPage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The reason in the address of this page. */
    private static final String SURPLUS = "sessions";

    @Inject
    SignInAttempt attempt;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private String email = "";
    private String password = "";
    private @Nullable String returnPath;
    private boolean isSurplus;

    /** Redirects people who are signed in already. */
    public void open() throws IOException {
        if (me.isSignedIn()) {
            go(me.getHome());
        }
    }

    /** Signs the person in and redirects to the requested page, if the person may access that surface. */
    public void signIn() throws IOException {
        var outcome = attempt.with(email, password);
        password = "";
        if (outcome instanceof SignInOutcome.Authenticated authenticated) {
            var kind = authenticated.person().kind();
            go(ReturnPath.safe(returnPath)
                    .filter(path -> Area.of(path).admits(kind))
                    .orElse(Area.homeOf(kind).home()));
        } else if (outcome instanceof SignInOutcome.Throttled throttled) {
            refuse(format.text("sign-in.throttled", format.span(throttled.retryAfter())));
        } else {
            refuse(format.text("sign-in.refused"));
        }
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = Objects.requireNonNullElse(email, "");
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = Objects.requireNonNullElse(password, "");
    }

    /** Returns the path that was requested before the redirect to this page. */
    public @Nullable String getReturnPath() {
        return returnPath;
    }

    public void setReturnPath(@Nullable String returnPath) {
        this.returnPath = ReturnPath.safe(returnPath).orElse(null);
    }

    /** Returns the reason why the person was signed out; only a known one is kept. */
    public String getEnded() {
        return isSurplus ? SURPLUS : "";
    }

    public void setEnded(@Nullable String ended) {
        isSurplus = SURPLUS.equals(ended);
    }

    /** Returns whether the person was signed out because there were too many sessions. */
    public boolean isSurplus() {
        return isSurplus;
    }

    private static void go(String path) throws IOException {
        FacesContext.getCurrentInstance().getExternalContext().redirect(path);
    }

    private static void refuse(String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
    }
}
