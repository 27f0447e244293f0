package io.tenantry.bench.driver;

import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.PasswordReset;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Creates an operator of the platform with the shared password: {@code POST /bench/operator}, with the address on one line. */
@WebServlet("/operator")
public class OperatorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Staff staff;

    @Inject
    transient PasswordLinks passwordLinks;

    @Inject
    transient PasswordReset choice;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var email = Objects.requireNonNull(request.getReader().readLine(), "an address");
        try (var actorScope = Actors.enter(Actor.system("bench"));
                var enteredScope = Tenancy.enter(Scope.PLATFORM)) {
            var outcome = staff.invite(email, "Ines Operator", "operator_owner");
            if (!(outcome instanceof InvitationOutcome.Invited invited)) {
                throw new IllegalStateException("not invited: " + outcome);
            }
            passwordLinks.setByTheSystem(invited.personId(), choice.hash(Canaries.PASSWORD));
        }
        response.setContentType("text/plain");
        response.getWriter().write("invited");
    }
}
