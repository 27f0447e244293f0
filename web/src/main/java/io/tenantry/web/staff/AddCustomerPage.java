package io.tenantry.web.staff;

import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.TooManyLinksException;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The creation of a customer: the organization and its first person, who receives a link to choose a password by email if there is a mail server. */
@Named
@ViewScoped
public class AddCustomerPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Organizations organizations;

    @Inject
    TenantDirectory tenants;

    @Inject
    Countries countries;

    @Inject
    Format format;

    private String name = "";
    private String billingEmail = "";
    private String country = "";
    private String memberName = "";
    private String memberEmail = "";
    private @Nullable UUID added;
    private String mailedTo = "";

    @PostConstruct
    void begin() {
        country = tenants.current().locale().getCountry();
    }

    /** Adds the customer. */
    public void add() {
        try {
            showOutcome(organizations.create(new Organizations.Draft(
                    name, billingEmail.isBlank() ? memberEmail : billingEmail, country, memberName, memberEmail)));
        } catch (TooManyLinksException tooMany) {
            PageResult.refuse(
                    "add:email",
                    format.text("team.refused.TOO_MANY_" + tooMany.limit().name()));
        }
    }

    private void showOutcome(Organizations.Outcome outcome) {
        if (outcome instanceof Organizations.Outcome.Created created) {
            added = created.organizationId();
            mailedTo = created.mailedTo().orElse("");
        } else if (outcome instanceof Organizations.Outcome.Invalid invalid) {
            for (var field : invalid.fields()) {
                refuse(field);
            }
        }
    }

    public Countries getCountries() {
        return countries;
    }

    /** Returns the id of the customer, once added. */
    public @Nullable UUID getAdded() {
        return added;
    }

    /** Returns the address of its first person, who needs a link; empty if that person exists already. */
    public String getMailedTo() {
        return mailedTo;
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = text(name);
    }

    public String getBillingEmail() {
        return billingEmail;
    }

    public void setBillingEmail(@Nullable String billingEmail) {
        this.billingEmail = text(billingEmail);
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(@Nullable String country) {
        this.country = text(country);
    }

    public String getMemberName() {
        return memberName;
    }

    public void setMemberName(@Nullable String memberName) {
        this.memberName = text(memberName);
    }

    public String getMemberEmail() {
        return memberEmail;
    }

    public void setMemberEmail(@Nullable String memberEmail) {
        this.memberEmail = text(memberEmail);
    }

    private void refuse(Organizations.Field field) {
        var id = switch (field) {
            case NAME -> "name";
            case BILLING_EMAIL -> "billing";
            case COUNTRY -> "country";
            case MEMBER_NAME -> "member";
            case MEMBER_EMAIL -> "email";
        };
        PageResult.refuse(
                "add:" + id,
                format.text("field." + field.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
