package io.tenantry.web.people.team;

import io.tenantry.people.identity.AccountLocks;
import io.tenantry.people.identity.PersonAccounts;
import io.tenantry.people.identity.Staff;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** The reseller's staff, and on the admin surface the platform's operators. */
@Named
@ViewScoped
public class StaffTeamPage extends TeamPage {
    private static final long serialVersionUID = 1L;

    @Inject
    Staff staff;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    AccountLocks locks;

    @Override
    protected Team team() {
        return new Team.StaffTeam(staff, personAccounts, locks);
    }

    @Override
    public String getPath() {
        return isPlatform() ? "/admin/operators" : "/staff/team";
    }

    /** Where links are not emailed, only the person concerned may see a link into an account that has a password. */
    @Override
    public boolean isLinkForAll() {
        return personAccounts.isLinkMailed();
    }

    private static boolean isPlatform() {
        return Tenancy.scope().equals(Scope.PLATFORM);
    }
}
