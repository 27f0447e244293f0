package io.tenantry.web.security;

import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.SignInOutcome;
import io.tenantry.web.layout.Language;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/** The connection of a page to Jakarta Security: signs the caller in and returns the whole outcome. */
@RequestScoped
public class SignInAttempt {
    @Inject
    SecurityContext security;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    SessionCache live;

    /** Signs in the sender of the current Faces request, with a new session id. */
    public SignInOutcome with(String email, String password) {
        var external = FacesContext.getCurrentInstance().getExternalContext();
        var request = (HttpServletRequest) external.getRequest();
        security.authenticate(
                request,
                (HttpServletResponse) external.getResponse(),
                AuthenticationParameters.withParams().credential(new UsernamePasswordCredential(email, password)));
        if (!(request.getAttribute(PersonIdentityStore.OUTCOME) instanceof SignInOutcome outcome)) {
            return new SignInOutcome.Refused();
        }
        if (outcome instanceof SignInOutcome.Authenticated authenticated
                && authenticated.person().locale() == null) {
            Language.inThisBrowser(request).ifPresent(this::keep);
        }
        return outcome;
    }

    /** Keeps the language chosen before sign-in. */
    private void keep(String language) {
        personAccounts.setLocale(Locale.forLanguageTag(language));
        live.forget();
    }
}
