// Log-in with a passkey, and adding one. Without script or without WebAuthn the forms stay hidden.
(() => {
  'use strict';
  if (!window.PublicKeyCredential) return;

  const decode = (text) => {
    const base64 = text.replace(/-/g, '+').replace(/_/g, '/');
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer;
  };
  const encode = (buffer) => {
    let text = '';
    for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
    return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  };

  const post = async (form, path, body) => {
    const answer = await fetch(path, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'X-CSRF-TOKEN': form.elements._csrf.value},
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };

  const descriptors = (list) => (list || []).map((item) => ({...item, id: decode(item.id)}));

  const logIn = async (form) => {
    const options = await post(form, '/webauthn/authenticate/options', {});
    const key = await navigator.credentials.get({publicKey: {
      ...options, challenge: decode(options.challenge), allowCredentials: descriptors(options.allowCredentials)}});
    const answer = await post(form, '/login/webauthn', {
      id: key.id,
      rawId: encode(key.rawId),
      response: {
        authenticatorData: encode(key.response.authenticatorData),
        clientDataJSON: encode(key.response.clientDataJSON),
        signature: encode(key.response.signature),
        userHandle: key.response.userHandle ? encode(key.response.userHandle) : undefined,
      },
      credType: key.type,
      clientExtensionResults: key.getClientExtensionResults(),
      authenticatorAttachment: key.authenticatorAttachment,
    });
    if (!answer.authenticated) throw new Error('refused');
  };

  const add = async (form) => {
    const options = await post(form, '/webauthn/register/options', {});
    const key = await navigator.credentials.create({publicKey: {
      ...options,
      challenge: decode(options.challenge),
      user: {...options.user, id: decode(options.user.id)},
      excludeCredentials: descriptors(options.excludeCredentials),
    }});
    const answer = await post(form, '/webauthn/register', {publicKey: {
      credential: {
        id: key.id,
        rawId: encode(key.rawId),
        response: {
          attestationObject: encode(key.response.attestationObject),
          clientDataJSON: encode(key.response.clientDataJSON),
          transports: key.response.getTransports ? key.response.getTransports() : [],
        },
        type: key.type,
        clientExtensionResults: key.getClientExtensionResults(),
        authenticatorAttachment: key.authenticatorAttachment,
      },
      label: form.elements.label.value,
    }});
    if (!answer.success) throw new Error('refused');
  };

  const wire = (id, action) => {
    const form = document.getElementById(id);
    if (!form) return;
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const error = form.querySelector('.error');
      error.hidden = true;
      try {
        await action(form);
        location.assign(form.dataset.next);
      } catch (failure) {
        error.hidden = false;
      }
    });
  };

  wire('passkey-login', logIn);
  wire('passkey-add', add);
})();
