package io.tenantry.web.security;

import io.tenantry.people.identity.PasswordAuthentication;
import io.tenantry.people.identity.SignInOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;

/**
 * The identity store of Jakarta Security: the people of the scope that the request's host entered. The whole outcome, with session or waiting
 * time, is stored in the request for {@link SignInMechanism} and the page.
 */
@ApplicationScoped
public class PersonIdentityStore implements IdentityStore {
    static final String OUTCOME = SignInOutcome.class.getName();

    @Inject
    PasswordAuthentication passwordAuthentication;

    @Inject
    HttpServletRequest request;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential typed)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        var outcome = passwordAuthentication.signIn(
                typed.getCaller(),
                typed.getPasswordAsString(),
                request.getRemoteAddr(),
                Objects.requireNonNullElse(request.getHeader("User-Agent"), ""));
        request.setAttribute(OUTCOME, outcome);
        if (outcome instanceof SignInOutcome.Authenticated authenticated) {
            return new CredentialValidationResult(
                    new PersonPrincipal(authenticated.person()),
                    Set.of(authenticated.person().kind().name()));
        }
        return CredentialValidationResult.INVALID_RESULT;
    }
}
