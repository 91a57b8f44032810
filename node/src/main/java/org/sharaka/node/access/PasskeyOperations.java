package org.sharaka.node.access;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;

/**
 * WebAuthn as Spring Security does it, with our rules around it: the authenticator verifies the person (so a passkey is
 * two factors), the officer may still work, and every log-in and refusal is entered.
 */
final class PasskeyOperations implements WebAuthnRelyingPartyOperations {
    private final SqlPasskeys passkeys;
    private final SqlOfficers officers;
    private final AccessLog log;
    private final Clock clock;
    private final boolean demoNode;
    private final Supplier<WebAuthnRelyingPartyOperations> standard;

    /** @param origins known once the console listens, hence asked for late */
    PasskeyOperations(
            SqlPasskeys passkeys,
            SqlOfficers officers,
            AccessLog log,
            Clock clock,
            String domain,
            Supplier<List<String>> origins,
            boolean demoNode) {
        this.passkeys = passkeys;
        this.officers = officers;
        this.log = log;
        this.clock = clock;
        this.demoNode = demoNode;
        this.standard = org.springframework.util.function.SingletonSupplier.of(
                () -> standard(passkeys, domain, Set.copyOf(origins.get())));
    }

    private static WebAuthnRelyingPartyOperations standard(SqlPasskeys passkeys, String domain, Set<String> origins) {
        PublicKeyCredentialRpEntity node =
                PublicKeyCredentialRpEntity.builder().id(domain).name("Sharaka").build();
        Webauthn4JRelyingPartyOperations operations =
                new Webauthn4JRelyingPartyOperations(passkeys, passkeys, node, origins);
        operations.setCustomizeCreationOptions(
                options -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .build()));
        operations.setCustomizeRequestOptions(
                options -> options.userVerification(UserVerificationRequirement.REQUIRED));
        return operations;
    }

    @Override
    public PublicKeyCredentialCreationOptions createPublicKeyCredentialCreationOptions(
            PublicKeyCredentialCreationOptionsRequest request) {
        return standard.get().createPublicKeyCredentialCreationOptions(request);
    }

    @Override
    public CredentialRecord registerCredential(RelyingPartyRegistrationRequest request) {
        CredentialRecord key = standard.get().registerCredential(request);
        PublicKeyCredentialUserEntity owner = passkeys.findById(key.getUserEntityUserId());
        Officer officer = officer(owner).orElseThrow(() -> new BadCredentialsException("no officer"));
        log.done(officer.actor(Optional.empty()), "access.passkey-add", "officer/" + officer.id());
        return key;
    }

    @Override
    public PublicKeyCredentialRequestOptions createCredentialRequestOptions(
            PublicKeyCredentialRequestOptionsRequest request) {
        return standard.get().createCredentialRequestOptions(request);
    }

    @Override
    public PublicKeyCredentialUserEntity authenticate(RelyingPartyAuthenticationRequest request) {
        PublicKeyCredentialUserEntity entity;
        try {
            entity = standard.get().authenticate(request);
        } catch (RuntimeException e) {
            refused("unknown");
            throw e;
        }
        Optional<Officer> officer = officer(entity);
        if (officer.filter(known -> known.mayWork(clock.instant(), demoNode)).isEmpty()) {
            refused(officer.map(known -> known.id().toString()).orElse("unknown"));
            throw new BadCredentialsException("the officer may not work");
        }
        log.done(
                officer.get().actor(Optional.empty()),
                "access.sign-in-passkey",
                "officer/" + officer.get().id());
        return entity;
    }

    private Optional<Officer> officer(@org.jspecify.annotations.Nullable PublicKeyCredentialUserEntity entity) {
        return entity == null ? Optional.empty() : officers.find(new Login(entity.getName()));
    }

    private void refused(String officer) {
        Actor somebody = new Actor(Actor.Kind.UNKNOWN, officer, "", Optional.empty(), Set.of(), Optional.empty());
        log.refused(
                somebody, "access.sign-in-passkey", "officer/" + officer, SignIn.problem(AccessProblem.LOGIN_FAILED));
    }
}
