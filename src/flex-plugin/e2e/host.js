// Real Flex UI for the browser, with what its bundle takes from the page.
window.React = require('react');
window.ReactDOM = require('react-dom');
window.Redux = require('redux');
window.ReactRedux = require('react-redux');
window.Flex = require('@twilio/flex-ui');
window.plugins = [];
window.Twilio = { Flex: Object.create(window.Flex, { Plugins: { value: { init: (plugin) => window.plugins.push(plugin) } } }) };
require('./stage');
