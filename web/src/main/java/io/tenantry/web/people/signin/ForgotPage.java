package io.tenantry.web.people.signin;

import io.tenantry.people.identity.PasswordResetRequest;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The request for a link to choose another password. The response is always the same. */
@Named
@RequestScoped
public class ForgotPage {
    @Inject
    PasswordResetRequest forgotten;

    @Inject
    HttpServletRequest request;

    private String email = "";
    private boolean isAsked;

    /** Requests the link without revealing the outcome. */
    public void ask() {
        forgotten.ask(email, request.getRemoteAddr());
        PageResult.go("/forgot?asked=true");
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = Objects.requireNonNullElse(email, "");
    }

    public boolean isAsked() {
        return isAsked;
    }

    public void setAsked(boolean asked) {
        isAsked = asked;
    }
}
