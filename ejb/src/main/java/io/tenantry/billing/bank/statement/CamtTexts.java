package io.tenantry.billing.bank.statement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.w3c.dom.Element;

/** The texts of an entry of a camt.053 statement, and of its parts: parties, references, and what the payer and the bank wrote. */
final class CamtTexts {
    private static final Set<String> NO_REFERENCES =
            Set.of("NOTPROVIDED", "NONREF", "NOT PROVIDED", "NOTAVAILABLE", "UNKNOWN");
    private static final Set<String> NO_TEXTS = Set.of("NtryDtls", "Amt", "Dt", "DtTm", "IBAN", "BkTxCd");
    private static final List<String[]> REFERENCES = List.of(
            new String[] {"Refs", "EndToEndId"},
            new String[] {"Refs", "InstrId"},
            new String[] {"Refs", "TxId"},
            new String[] {"Refs", "MndtId"},
            new String[] {"Refs", "PmtInfId"},
            new String[] {"Refs", "ClrSysRef"},
            new String[] {"Refs", "ChqNb"},
            new String[] {"Refs", "Prtry", "Ref"},
            new String[] {"RltdRmtInf", "RmtId"});

    private final List<String> information;
    private final List<String> entryTexts;

    CamtTexts(Element entry) {
        // Read once, because an entry may have thousands of parts, each of which uses it.
        this.information = Elements.texts(entry, "AddtlNtryInf");
        this.entryTexts = Elements.allTexts(entry, NO_TEXTS);
    }

    /** Returns a reference; empty if the text states that there is none. */
    static String reference(String text) {
        return NO_REFERENCES.contains(text.toUpperCase(Locale.ROOT)) ? "" : text;
    }

    static String payer(Element part, boolean isIn) {
        for (var party : isIn ? List.of("Dbtr", "UltmtDbtr", "InitgPty") : List.of("Cdtr", "UltmtCdtr")) {
            for (var names : List.of(
                    new String[] {"RltdPties", party, "Nm"},
                    new String[] {"RltdPties", party, "Pty", "Nm"},
                    new String[] {"RltdPties", party, "Agt", "FinInstnId", "Nm"})) {
                var name = Elements.text(part, names);
                if (!name.isEmpty()) {
                    return name;
                }
            }
        }
        return "";
    }

    static String iban(Element part, boolean isIn) {
        var holder = isIn ? "DbtrAcct" : "CdtrAcct";
        var iban = Elements.text(part, "RltdPties", holder, "Id", "IBAN");
        return iban.isEmpty() ? Elements.text(part, "RltdPties", holder, "Id", "Othr", "Id") : iban;
    }

    /** Returns all texts of a transaction, each once, so that no reference is lost. */
    String purpose(Element part, boolean isIn) {
        var all = new LinkedHashSet<String>();
        all.addAll(Elements.texts(part, "RmtInf", "Ustrd"));
        for (var structured : Elements.all(part, "RmtInf", "Strd")) {
            all.addAll(Elements.texts(structured, "CdtrRefInf", "Ref"));
            all.addAll(Elements.texts(structured, "RfrdDocInf", "Nb"));
            all.addAll(Elements.texts(structured, "RfrdDocInf", "LineDtls", "Id", "Nb"));
            all.addAll(Elements.texts(structured, "AddtlRmtInf"));
        }
        for (var names : REFERENCES) {
            Elements.texts(part, names).stream()
                    .filter(text -> !reference(text).isEmpty())
                    .forEach(all::add);
        }
        var ultimate = isIn ? "UltmtDbtr" : "UltmtCdtr";
        all.addAll(Elements.texts(part, "RltdPties", ultimate, "Nm"));
        all.addAll(Elements.texts(part, "RltdPties", ultimate, "Pty", "Nm"));
        all.addAll(Elements.texts(part, "AddtlTxInf"));
        all.addAll(information);
        all.remove(payer(part, isIn));
        return String.join(" ", all);
    }

    /** Returns all text of a part, and of its entry without other parts. */
    List<String> all(Element part) {
        var all = new ArrayList<>(Elements.allTexts(part, NO_TEXTS));
        all.addAll(entryTexts);
        return all;
    }
}
