package io.tenantry.web.invoice;

import io.tenantry.invoicing.Address;
import io.tenantry.invoicing.Seller;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of sellers and buyers alike, and what is said of fields that are not acceptable. */
public abstract class PartyForm {
    private static final String FORM = "party:";

    /** The VAT number that a field says something of, as it was understood, and the country of its address. */
    public record Numbered(String vatNumber, String country) {}

    private String name = "";
    private String street = "";
    private String postcode = "";
    private String city = "";
    private String country = "";
    private String vatNumber = "";
    private String email = "";

    protected void show(Address address, String itsVatNumber, String itsEmail) {
        name = address.name();
        street = address.street();
        postcode = address.postcode();
        city = address.city();
        country = address.country();
        vatNumber = itsVatNumber;
        email = itsEmail;
    }

    protected Address address() {
        return new Address(name, street, postcode, city, country);
    }

    /** Says at each field what is wrong with it; of those that have no sentence of their own, on the page. */
    protected static void refuse(Set<Seller.Field> fields, Numbered party, Fmt fmt) {
        for (var field : fields) {
            var text = field == Seller.Field.VAT_NUMBER
                    ? vatNumberFault(party, fmt)
                    : fmt.text("party.fault." + field.name().toLowerCase(Locale.ROOT));
            if (field == Seller.Field.OTHER) {
                Visit.refuse(text);
            } else {
                Visit.refuse(FORM + field.name().toLowerCase(Locale.ROOT), text);
            }
        }
    }

    private static String vatNumberFault(Numbered party, Fmt fmt) {
        return fmt.text(
                "party.fault.vat_number." + Address.vatNumberFault(party.vatNumber()),
                Address.vatNumberExample(party.vatNumber(), party.country()));
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getStreet() {
        return street;
    }

    public void setStreet(@Nullable String street) {
        this.street = Objects.requireNonNullElse(street, "");
    }

    public String getPostcode() {
        return postcode;
    }

    public void setPostcode(@Nullable String postcode) {
        this.postcode = Objects.requireNonNullElse(postcode, "");
    }

    public String getCity() {
        return city;
    }

    public void setCity(@Nullable String city) {
        this.city = Objects.requireNonNullElse(city, "");
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(@Nullable String country) {
        this.country = Objects.requireNonNullElse(country, "");
    }

    public String getVatNumber() {
        return vatNumber;
    }

    public void setVatNumber(@Nullable String vatNumber) {
        this.vatNumber = Objects.requireNonNullElse(vatNumber, "");
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = Objects.requireNonNullElse(email, "");
    }
}
