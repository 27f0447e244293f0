package io.tenantry.bank;

import io.tenantry.bank.Statement.Format;
import io.tenantry.bank.Statement.Line;
import io.tenantry.bank.UnreadableStatement.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads bank statements by ISO 20022, camt.053 in whichever version: elements are known by their names alone. Documents that declare a type are
 * refused, so nothing in a file can name another file or grow.
 */
final class Camt053 {
    private static final int DATE_LENGTH = 10;

    private Camt053() {}

    static Statement read(byte[] file) throws UnreadableStatement {
        var root = document(file).getDocumentElement();
        var statements = all(root, "BkToCstmrStmt").stream()
                .flatMap(message -> all(message, "Stmt").stream())
                .toList();
        if (statements.isEmpty()) {
            throw new UnreadableStatement(Reason.NO_CAMT, root.getLocalName());
        }
        var lines = new ArrayList<Line>();
        for (var statement : statements) {
            var account = account(first(statement, "Acct"));
            for (var entry : all(statement, "Ntry")) {
                if (isBooked(entry)) {
                    entry(lines, account, entry);
                }
            }
        }
        return new Statement(Format.CAMT_053, lines);
    }

    private static Document document(byte[] file) throws UnreadableStatement {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(file));
        } catch (SAXException | IOException unreadable) {
            throw new UnreadableStatement(Reason.NO_XML, "");
        } catch (ParserConfigurationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** What is only announced comes again when it is booked. */
    private static boolean isBooked(Element entry) {
        var state = text(entry, "Sts");
        return state.isEmpty() || state.equals("BOOK");
    }

    /** An entry may be a batch of many transfers; each that says its own amount is a line, if together they are the entry. */
    private static void entry(List<Line> lines, String account, Element entry) throws UnreadableStatement {
        var whole = amount(entry, first(entry, "Amt"));
        var date = date(entry);
        var parts = all(entry, "NtryDtls").stream()
                .flatMap(details -> all(details, "TxDtls").stream())
                .toList();
        var key = key(entry);
        var amounts = new ArrayList<Value>();
        for (var part : parts) {
            var own = Stream.of(first(part, "Amt"), at(part, "AmtDtls", "TxAmt", "Amt"))
                    .filter(found -> found != Nothing.ELEMENT)
                    .findFirst();
            if (own.isPresent()) {
                amounts.add(amount(entry, own.get()));
            }
        }
        var isBatch = parts.size() > 1
                && amounts.size() == parts.size()
                && amounts.stream().allMatch(one -> one.currency().equals(whole.currency()))
                && amounts.stream()
                                .map(Value::amount)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .compareTo(whole.amount())
                        == 0;
        if (!isBatch) {
            var only = parts.size() == 1 ? parts.get(0) : entry;
            lines.add(line(account, key, date, whole, entry, only));
            return;
        }
        for (var place = 0; place < parts.size(); place++) {
            var own = key(first(parts.get(place), "Refs"));
            var partKey = own.isEmpty() || own.equals(key) ? (key.isEmpty() ? "" : key + "/" + place) : own;
            lines.add(line(account, partKey, date, amounts.get(place), entry, parts.get(place)));
        }
    }

    /** Numbers of entries within a statement begin anew with each, and are none. */
    private static String key(Element parent) {
        var reference = text(parent, "AcctSvcrRef");
        return reference.equals("NONREF") ? "" : reference;
    }

    private static Line line(String account, String key, LocalDate date, Value value, Element entry, Element part) {
        var isIn = value.amount().signum() > 0;
        var parties = at(part, "RltdPties");
        var party = first(parties, isIn ? "Dbtr" : "Cdtr");
        var words = Stream.concat(
                        all(at(part, "RmtInf"), "Ustrd").stream().map(Camt053::text),
                        Stream.of(
                                text(at(part, "RmtInf", "Strd", "CdtrRefInf"), "Ref"),
                                endToEnd(text(at(part, "Refs"), "EndToEndId"))))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return new Line(
                account,
                key,
                date,
                value.amount(),
                value.currency(),
                either(text(party, "Nm"), text(at(party, "Pty"), "Nm")),
                text(at(parties, isIn ? "DbtrAcct" : "CdtrAcct", "Id"), "IBAN"),
                either(words, either(text(part, "AddtlTxInf"), text(entry, "AddtlNtryInf"))));
    }

    private static String endToEnd(String text) {
        return text.equals("NOTPROVIDED") ? "" : text;
    }

    private static String account(Element account) {
        var id = first(account, "Id");
        return either(text(id, "IBAN"), text(at(id, "Othr"), "Id"));
    }

    private static LocalDate date(Element entry) throws UnreadableStatement {
        var at = first(entry, "BookgDt") == Nothing.ELEMENT ? first(entry, "ValDt") : first(entry, "BookgDt");
        var text = either(text(at, "Dt"), text(at, "DtTm"));
        try {
            return LocalDate.parse(text.length() > DATE_LENGTH ? text.substring(0, DATE_LENGTH) : text);
        } catch (DateTimeException none) {
            throw new UnreadableStatement(Reason.DATE, text);
        }
    }

    private record Value(BigDecimal amount, Currency currency) {}

    /** Below zero if it went out; what was taken back says its own direction. */
    private static Value amount(Element entry, Element element) throws UnreadableStatement {
        var text = text(element);
        try {
            var amount = new BigDecimal(text);
            var currency = Currency.getInstance(element.getAttribute("Ccy"));
            if (amount.signum() < 0 || amount.scale() < 0 || amount.scale() > 5 || amount.precision() > 18) {
                throw new UnreadableStatement(Reason.AMOUNT, text);
            }
            return new Value(text(entry, "CdtDbtInd").equals("CRDT") ? amount : amount.negate(), currency);
        } catch (NumberFormatException none) {
            throw new UnreadableStatement(Reason.AMOUNT, text);
        } catch (IllegalArgumentException none) {
            throw new UnreadableStatement(Reason.CURRENCY, element.getAttribute("Ccy"));
        }
    }

    /** What stands for an element that is not there. */
    private static final class Nothing {
        static final Element ELEMENT = empty();

        private static Element empty() {
            try {
                return DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .newDocument()
                        .createElement("nothing");
            } catch (ParserConfigurationException missing) {
                throw new IllegalStateException(missing);
            }
        }
    }

    private static List<Element> all(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    private static Element first(Element parent, String name) {
        return all(parent, name).stream().findFirst().orElse(Nothing.ELEMENT);
    }

    private static Element at(Element parent, String... names) {
        var found = parent;
        for (var name : names) {
            found = first(found, name);
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return text(first(parent, name));
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }
}
